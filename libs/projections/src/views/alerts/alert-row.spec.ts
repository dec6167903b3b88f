import type { AlertAcknowledged, AlertClosed, AlertEvent, AlertRaised } from '#ledger';
import { SampleLog } from '../../testing/sample-log.js';
import { foldAlert as foldAlertAt, type AlertRow } from './alert-row.js';

const recorded = { v: 1, recordedAt: '2026-03-09T00:00:00.000Z', principal: 'system', nonce: '', prev: '' } as const;
const alert = { ...recorded, alertId: SampleLog.id('alert'), line: 'country:AE' };
const foldAlert = (previous: AlertRow | undefined, event: AlertEvent): AlertRow | undefined => foldAlertAt(previous, event, 12);
const crossingAt = (recordedAt: string) => ({ eventId: SampleLog.id(recordedAt), position: 7, recordedAt });
const balanceMilliTpp = new SampleLog().balance();
const crossing = crossingAt('2026-03-01T00:00:00.000Z');
const raised: AlertRaised = {
  ...alert,
  type: 'AlertRaised',
  level: 'watch',
  threshold: 0.8,
  utilization: 0.85,
  balanceMilliTpp,
  crossing,
};
const closed: AlertClosed = {
  ...alert,
  type: 'AlertClosed',
  utilization: 0.5,
  crossing: crossingAt('2026-03-02T00:00:00.000Z'),
};
const acknowledged: AlertAcknowledged = { ...alert, type: 'AlertAcknowledged', principal: 'regulator' };

describe('foldAlert', () => {
  const open = foldAlert(undefined, raised);

  it('shows the event that crossed the threshold, when, and where it stands in this log', () => {
    expect(open).toEqual({
      id: alert.alertId,
      line: 'country:AE',
      level: 'watch',
      threshold: 0.8,
      utilization: 0.85,
      position: 12,
      eventId: crossing.eventId,
      raisedAt: '2026-03-01T00:00:00.000Z',
      closedAt: null,
      acknowledgedBy: null,
    });
  });

  it('closes and is acknowledged once, in any order', () => {
    const both = { closedAt: '2026-03-02T00:00:00.000Z', acknowledgedBy: 'regulator' };
    expect(foldAlert(foldAlert(open, closed), acknowledged)).toMatchObject(both);
    expect(foldAlert(foldAlert(open, acknowledged), closed)).toMatchObject(both);
    const again = foldAlert(foldAlert(open, acknowledged), { ...acknowledged, principal: 'somebody else' });
    expect(again?.acknowledgedBy).toBe('regulator');
  });

  it('stays as it is when it is raised again', () => {
    expect(foldAlert(foldAlert(open, closed), raised)).toEqual(foldAlert(open, closed));
  });

  it('does not come into being by being closed or acknowledged', () => {
    expect(foldAlert(undefined, closed)).toBeUndefined();
    expect(foldAlert(undefined, acknowledged)).toBeUndefined();
  });
});
