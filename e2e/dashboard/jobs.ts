/** The services of the example, each with a page of its own. */
export const SERVICES = ['calm', 'troubled', 'quiet'] as const;
export type Service = (typeof SERVICES)[number];

/** Of the job of a service whose durations have their unit in their names, as other exporters than the example's write them. */
const WITH_UNIT = ' with unit';

/** A service is scraped as it is, and once more with the unit in the names. */
export function jobsOf(service: Service): readonly [string, string] {
  return [service, service + WITH_UNIT];
}

/** What Prometheus is told of a service's page. */
export function scrapeConfigsOf(service: Service, host: string): readonly object[] {
  const [plain, withUnit] = jobsOf(service);
  const page = { metrics_path: `/${service}`, static_configs: [{ targets: [host] }] };
  const renamed = {
    source_labels: ['__name__'],
    regex: '(rpc_(?:client|server)_call_duration)_(bucket|count|sum)',
    target_label: '__name__',
    replacement: '${1}_seconds_${2}',
  };
  return [
    { job_name: plain, ...page },
    { job_name: withUnit, ...page, metric_relabel_configs: [renamed] },
  ];
}
