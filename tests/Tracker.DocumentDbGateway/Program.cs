using System.Runtime.InteropServices;
using Tracker.DocumentDbGateway.Hosting;

var stop = new TaskCompletionSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

await using var gateway = Gateway.Start(GatewayOptions.Parse(args));
Console.WriteLine(gateway.Address);
await stop.Task;

void OnSignal(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}
