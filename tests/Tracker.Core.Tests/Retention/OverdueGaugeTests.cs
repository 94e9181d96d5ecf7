using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>What an operator is woken up by, and what lets them sleep again.</summary>
public sealed class OverdueGaugeTests : IAsyncLifetime
{
    private readonly NoMeters _meters = new();
    private TestTracker _tracker = null!;
    private RetentionMetrics _metrics = null!;
    private RetentionSweeper _sweeper = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        _metrics = new RetentionMetrics(_meters);
        var options = Options.Create(new RetentionOptions());
        var leases = new WorkLeases(_tracker.Store.Leases, _metrics, options, _tracker.Time, NullLogger<WorkLease>.Instance);
        _sweeper = new RetentionSweeper(_tracker.Store.Expiry, leases, _metrics, options, NullLogger<RetentionSweeper>.Instance);
        var receipt = await _tracker.RecordAsync(An.Receipt());
        _tracker.Time.SetUtcNow(receipt.Grants.Max(grant => grant.Until).AddDays(2));
    }

    public async ValueTask DisposeAsync()
    {
        _sweeper.Dispose();
        await _tracker.DisposeAsync();
        _meters.Dispose();
    }

    [Fact]
    [Trait("Compliance", "E46")]
    public async Task What_is_past_its_end_and_stored_is_told_and_after_the_sweep_that_deletes_it_nothing_is()
    {
        _metrics.Measured(await _tracker.Store.Expiry.MeasureAsync(Cancellation));
        var before = (Read<int>("overdue"), Read<double>("lag"));

        await _sweeper.SweepAsync(Cancellation);

        Assert.Equal((1, TimeSpan.FromDays(2).TotalSeconds), before);
        Assert.Equal((0, 0), (Read<int>("overdue"), Read<double>("lag")));
    }

    [Fact]
    public async Task A_document_that_is_deleted_is_counted_once_by_its_kind()
    {
        using var deleted = new MetricCollector<long>(_meters, RetentionMetrics.MeterName, "tracker.retention.deleted");

        await _sweeper.SweepAsync(Cancellation);
        await _sweeper.SweepAsync(Cancellation);

        Assert.Equal(1, deleted.GetMeasurementSnapshot().Where(measured => Equals(measured.Tags["tracker.kind"], EnumNames<ExpiredKind>.Of(ExpiredKind.Record))).Sum(measured => measured.Value));
    }

    private T Read<T>(string gauge)
        where T : struct
    {
        using var collector = new MetricCollector<T>(_meters, RetentionMetrics.MeterName, $"tracker.retention.{gauge}");
        collector.RecordObservableInstruments();
        return collector.LastMeasurement!.Value;
    }
}
