import type { NamedException } from '../determination.js';
import type { RouteSettings } from '../document/route-settings.js';

/**
 * The license exceptions that 740.2(a)(9)(ii) names besides NAC, ACA, AIA and ACM. 90 FR 4544 does not change their paragraphs.
 * @param technology ECCNs of software and technology beside 5D002 and 5D992
 */
export function namedExceptions(technology: readonly string[]): Readonly<Record<NamedException, RouteSettings>> {
  return {
    tmp: exception('TMP', '15 CFR 740.9(a)(6)'),
    rpl: exception('RPL', '15 CFR 740.10'),
    gov: exception('GOV', '15 CFR 740.11(b)'),
    tsu: { ...exception('TSU', '15 CFR 740.13(a) and (c)'), eligibleEccns: [...technology, '5D002', '5D992'] },
    hbm: { ...exception('HBM', '15 CFR 740.25'), eligibleEccns: ['3A090.c'] },
  };
}

function exception(name: string, citation: string): RouteSettings {
  return { name: `License Exception ${name}`, enabled: true, citation, parameters: {}, obligations: [] };
}
