import { ConfigInvalid, eventStoreUrlIn } from '../../api/src/config.js';
import { UsageError } from './exit-code.js';

/**
 * The one place where the CLI touches the environment: its options become the settings that the server reads. Settings
 * that no option names stay as they are.
 */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The environment with `settings` in place of its own. */
export function withSettings(settings: Settings): Settings {
  return { ...process.env, ...given(settings) };
}

/** Changes the environment of this process, for the server that is about to run in it. */
export function applySettings(settings: Settings): void {
  Object.assign(process.env, given(settings));
}

function given(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** What the environment says of a setting for which a command has no option of its own, or a more special one. */
export function settingOf(name: 'LEDGER_STREAM_PREFIX' | 'QUOTA_URL'): string | undefined {
  return process.env[name];
}

/**
 * The address of the cluster that the environment names.
 * @throws UsageError for a setting that cannot be used
 */
export function clusterOfSettings(): string | undefined {
  try {
    return eventStoreUrlIn(process.env);
  } catch (error) {
    if (error instanceof ConfigInvalid) throw new UsageError(error.message);
    throw error;
  }
}
