import { amendAuthorisation, grantAuthorisation, revokeAuthorisation } from './decide-authorisations.js';
import { amendCompany, mergeCompanies, nameParty, registerCompany } from './decide-companies.js';
import type { CompanyCommand } from './company-command.js';
import type { RegisterContext, RegisterDecision } from './register-decision.js';

/** What a command comes to on the register as it stands: no I/O, no clock, nothing is changed. */
export function decideRegister(command: CompanyCommand, context: RegisterContext): RegisterDecision {
  switch (command.type) {
    case 'RegisterCompany':
      return registerCompany(command, context);
    case 'AmendCompany':
      return amendCompany(command, context);
    case 'MergeCompanies':
      return mergeCompanies(command, context);
    case 'NameParty':
      return nameParty(command, context);
    case 'GrantAuthorisation':
      return grantAuthorisation(command, context);
    case 'AmendAuthorisation':
      return amendAuthorisation(command, context);
    case 'RevokeAuthorisation':
      return revokeAuthorisation(command, context);
  }
}
