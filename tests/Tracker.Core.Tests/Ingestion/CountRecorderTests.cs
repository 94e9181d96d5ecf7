using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class CountRecorderTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_count_is_stored_once()
    {
        var first = await RecordAsync(Door());
        var again = await RecordAsync(Door());

        Assert.Equal([Outcome.Accepted], first.Select(outcome => outcome.Outcome));
        Assert.Equal([Outcome.Duplicate], again.Select(outcome => outcome.Outcome));
    }

    [Fact]
    public async Task A_bad_count_names_every_field_and_spares_its_neighbours()
    {
        var outcomes = await RecordAsync(Door() with { MessageId = "", Metric = "Foot Fall", Value = -1, EndedAt = TestTracker.Noon.AddHours(-2) }, Door());

        Assert.Equal([Outcome.Invalid, Outcome.Accepted], outcomes.Select(outcome => outcome.Outcome));
        Assert.Equal(["ended_at", "message_id", "metric", "value"], outcomes[0].Violations.Select(violation => violation.Field).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Foot-Fall", "may have lower-case letters, digits, \"_\" and \".\" only")]
    [InlineData("door/in", "may have lower-case letters, digits, \"_\" and \".\" only")]
    [InlineData("", "is required")]
    public async Task A_bad_metric_is_told_once(string metric, string said)
    {
        var outcomes = await RecordAsync(Door() with { Metric = metric });

        Assert.Equal(new Violation("metric", said), Assert.Single(outcomes[0].Violations));
    }

    [Fact]
    public async Task A_count_that_would_be_born_expired_is_not_acknowledged()
    {
        var old = TestTracker.Noon.AddYears(-12);

        var outcomes = await RecordAsync(Door() with { StartedAt = old.AddHours(-1), EndedAt = old });

        Assert.Equal(Outcome.Invalid, Assert.Single(outcomes).Outcome);
    }

    [Fact]
    public async Task The_last_day_of_the_calendar_is_a_violation_and_no_fault()
    {
        var outcomes = await RecordAsync(Door() with { StartedAt = DateTimeOffset.MaxValue, EndedAt = DateTimeOffset.MaxValue });

        Assert.Equal(Outcome.Invalid, Assert.Single(outcomes).Outcome);
    }

    private Task<IReadOnlyList<CountOutcome>> RecordAsync(params CountDraft[] drafts) =>
        _tracker.Counts.RecordAsync(_tracker.Caller, drafts, CancellationToken.None);

    private static CountDraft Door() => new()
    {
        MessageId = "door-1",
        Metric = "footfall",
        StoreId = "s1",
        StartedAt = TestTracker.Noon.AddHours(-1),
        EndedAt = TestTracker.Noon,
        Value = 42,
    };
}
