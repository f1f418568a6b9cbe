/** One figure at this moment. */
export interface Gauge {
  name: string;
  help: string;
  value: number;
  labels?: Readonly<Record<string, string>>;
}

/** Counts of what was served, in the text form Prometheus reads. */
export interface Metrics {
  observe(route: string, method: string, status: number, seconds: number): void;
  render(gauges: readonly Gauge[]): string;
}

const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const escapeLabel = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
const labelled = (name: string, labels: Readonly<Record<string, string>>) => {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`);
  return pairs.length > 0 ? `${name}{${pairs.join(',')}}` : name;
};

function renderGauges(gauges: readonly Gauge[]): string[] {
  const byName = Map.groupBy(gauges, (gauge) => gauge.name);
  return [...byName].flatMap(([name, rows]) => [
    `# HELP ${name} ${rows[0]?.help ?? ''}`,
    `# TYPE ${name} gauge`,
    ...rows.map((row) => `${labelled(name, row.labels ?? {})} ${row.value}`),
  ]);
}

export function createMetrics(): Metrics {
  const requests = new Map<string, { labels: Record<string, string>; count: number }>();
  const durations = new Map<string, { counts: number[]; sum: number; count: number }>();
  return {
    observe(route, method, status, seconds) {
      const labels = { method, route, status: String(status) };
      const key = labelled('', labels);
      const row = requests.get(key) ?? { labels, count: 0 };
      row.count += 1;
      requests.set(key, row);
      const times = durations.get(route) ?? { counts: BUCKETS_S.map(() => 0), sum: 0, count: 0 };
      BUCKETS_S.forEach((limit, i) => {
        if (seconds <= limit) times.counts[i] = (times.counts[i] ?? 0) + 1;
      });
      times.sum += seconds;
      times.count += 1;
      durations.set(route, times);
    },
    render(gauges) {
      const name = 'ioc_http_request_duration_seconds';
      return [
        '# HELP ioc_http_requests_total Requests answered.',
        '# TYPE ioc_http_requests_total counter',
        ...[...requests.values()].map((row) => `${labelled('ioc_http_requests_total', row.labels)} ${row.count}`),
        `# HELP ${name} Time to answer.`,
        `# TYPE ${name} histogram`,
        ...[...durations].flatMap(([route, times]) => [
          ...BUCKETS_S.map((limit, i) => `${labelled(`${name}_bucket`, { route, le: String(limit) })} ${times.counts[i]}`),
          `${labelled(`${name}_bucket`, { route, le: '+Inf' })} ${times.count}`,
          `${labelled(`${name}_sum`, { route })} ${times.sum}`,
          `${labelled(`${name}_count`, { route })} ${times.count}`,
        ]),
        ...renderGauges(gauges),
        '',
      ].join('\n');
    },
  };
}
