/** The cluster cannot be used as it is, and trying again does not help: a person has to mend what the message names. */
export class EventStoreMisconfigured extends Error {
  override readonly name = 'EventStoreMisconfigured';
}
