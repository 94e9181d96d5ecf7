using System.Diagnostics.Metrics;

namespace Tracker.TestKit;

/// <summary>Meters that nobody listens to but the test that names this as their scope.</summary>
public sealed class NoMeters : IMeterFactory
{
    private readonly List<Meter> _made = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(new MeterOptions(options.Name) { Version = options.Version, Tags = options.Tags, Scope = this });
        _made.Add(meter);
        return meter;
    }

    public void Dispose() => _made.ForEach(meter => meter.Dispose());
}
