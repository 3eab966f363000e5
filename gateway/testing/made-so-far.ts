import { startTelemetry, type Telemetry } from '@haat/kit/telemetry';

/** How many sizes, documents and plans the gateways of this process have made of operations' texts so far. */
export interface MadeSoFar {
  (): Promise<{ readonly sizes: number; readonly documents: number; readonly plans: number }>;
}

/** Begins to count. */
export async function countMade(): Promise<{ readonly madeSoFar: MadeSoFar } & Pick<Telemetry, 'close'>> {
  const { metricsText, close } = await startTelemetry({ service: 'gateway', env: {} });
  const madeSoFar: MadeSoFar = async () => {
    const text = await metricsText();
    const of = (what: string): number => Number(new RegExp(`haat_gateway_made_total\\{[^}]*what="${what}"[^}]*\\} (\\d+)`).exec(text)?.[1] ?? 0);
    return { sizes: of('sizes'), documents: of('documents'), plans: of('plans') };
  };
  return { madeSoFar, close };
}
