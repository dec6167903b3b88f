import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The folder of package.json. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** The folder that paths in compose files start from. */
export const dockerFolder = path.join(root, 'docker');

/** What these checks look at in a service of a compose file. */
export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly ipv4_address: string }>>;
  readonly restart?: string;
  readonly command?: readonly string[];
}

export interface Deployment {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
  readonly secrets?: Readonly<Record<string, { readonly environment: string }>>;
  readonly networks?: Readonly<Record<string, { readonly ipam: { readonly config: readonly { readonly subnet: string }[] } }>>;
}

/** A file of the repository. */
export function read(...place: string[]): string {
  return readFileSync(path.join(root, ...place), 'utf8');
}

/** The lines `NAME=` of an env file. */
export function namesInEnvFile(text: string): readonly string[] {
  return [...text.matchAll(/^(\w+)=/gm)].map(([, name = '']) => name);
}

/** The variables of vars.env.example, filled in as somebody would. */
export const variables: Readonly<Record<string, string>> = Object.fromEntries(
  namesInEnvFile(read('docker/vars.env.example')).map((name) => [name, `Secret-of-${name.toLowerCase()}`]),
);

/** The names that a file takes from the environment of `docker compose`, and has no value for. */
export function variablesOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\$\{(\w+)(?!\w|:-)/g)].map(([, name = '']) => name));
}

/** A compose file as `docker compose` sees it: variables put in, anchors merged. */
export function readDeployment(file: string): Deployment {
  const text = read('docker', file).replace(/\$\{(\w+)(?::\?[^}]*|:-([^}]*))?\}/g, (_, name: string, otherwise?: string) => {
    const value = variables[name] ?? otherwise;
    if (value === undefined) throw new Error(`${file} uses ${name}, which vars.env.example does not have.`);
    return value;
  });
  return parse(text, { merge: true }) as Deployment;
}

/** A file of the repository as what it says, anchors merged. */
export function parsedYaml(...place: string[]): Readonly<Record<string, unknown>> {
  return parse(read(...place), { merge: true }) as Readonly<Record<string, unknown>>;
}

/** What a service waits for, and until when. */
export function dependenciesOf({ depends_on: dependsOn = [] }: Service): readonly (readonly [string, string])[] {
  return Array.isArray(dependsOn)
    ? dependsOn.map((name: string) => [name, 'service_started'] as const)
    : Object.entries(dependsOn).map(([name, { condition }]) => [name, condition] as const);
}

/** What is mounted where: mounts are `source:target` or `source:target:ro`. */
export function mountsOf({ volumes = [] }: Service): readonly { readonly source: string; readonly target: string }[] {
  return volumes.map((mount) => {
    const [source = '', target = ''] = mount.split(':');
    return { source, target };
  });
}

/** Whether it is an instance of the API. */
export function isOurs({ build }: Service): boolean {
  return build !== undefined;
}

/** Whether it is a node of EventStoreDB. */
export function isStore({ image }: Service): boolean {
  return image.startsWith('eventstore/eventstore:');
}
