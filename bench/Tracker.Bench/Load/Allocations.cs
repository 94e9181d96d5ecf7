using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Tracker.Bench.Load;

/// <summary>What a process has allocated on its managed heap, as its runtime tells four times a second.</summary>
internal sealed class Allocations : IDisposable
{
    private const string Runtime = "System.Runtime";

    private readonly EventPipeSession _session;
    private readonly EventPipeEventSource _source;
    private readonly Thread _reader;
    private double _bytes;

    private Allocations(EventPipeSession session)
    {
        _session = session;
        _source = new EventPipeEventSource(session.EventStream);
        _source.Dynamic.All += Read;
        _reader = new Thread(() => _source.Process()) { IsBackground = true };
        _reader.Start();
    }

    public double Bytes => Volatile.Read(ref _bytes);

    public static Allocations Of(int process) => new(new DiagnosticsClient(process).StartEventPipeSession(
        [new EventPipeProvider(Runtime, System.Diagnostics.Tracing.EventLevel.Informational, arguments: new Dictionary<string, string> { ["EventCounterIntervalSec"] = "0.25" })],
        requestRundown: false));

    public void Dispose()
    {
        _session.Stop();
        _reader.Join();
        _source.Dispose();
        _session.Dispose();
    }

    private void Read(TraceEvent told)
    {
        if (told.EventName == "EventCounters"
            && told.PayloadValue(0) is IDictionary<string, object> outer
            && outer["Payload"] is IDictionary<string, object> counter
            && (string)counter["Name"] == "alloc-rate")
        {
            _bytes += (double)counter["Increment"];
        }
    }
}
