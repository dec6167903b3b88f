import type { components } from '#client';

type Schemas = components['schemas'];

export type About = Schemas['About'];
export type CountryView = Schemas['CountryView'];
export type Country = Schemas['Country'];
export type CountryList = Schemas['CountryList'];
export type Alert = Schemas['Alert'];
export type AlertPage = Schemas['AlertPage'];
export type CountryHistory = Schemas['CountryHistory'];
export type EventPage = Schemas['EventPage'];
export type Status = CountryView['status'];
export type Determination = Schemas['Determination'];
export type Chip = Schemas['Chip'];
export type ChipList = Schemas['ChipList'];
export type RulebookSummary = Schemas['RulebookSummary'];
export type RulebookList = Schemas['RulebookList'];
export type AdoptedRulebook = Schemas['AdoptedRulebook'];
export type Obligation = Schemas['Obligation'];
export type ObligationPage = Schemas['ObligationPage'];
export type ReportKind = Schemas['ReportKind'];
export type ReportList = Schemas['ReportList'];
export type Report = Schemas['Report'];
