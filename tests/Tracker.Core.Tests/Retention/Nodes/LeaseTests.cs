using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention.Nodes;

public sealed class LeaseTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    [Fact]
    public void First_fence_begins_at_the_clock() =>
        Assert.Equal(A.Noon.ToUnixTimeMilliseconds(), Take(null, "one", A.Noon)?.Fence);

    [Fact]
    public void Fence_rises_also_where_the_clock_has_gone_back()
    {
        var before = Take(null, "one", A.Noon)!;

        var after = Take(before with { Holder = null }, "two", A.Noon.AddHours(-1));

        Assert.Equal(before.Fence + 1, after?.Fence);
    }

    [Fact]
    public void Lease_that_is_over_and_that_nobody_took_is_renewed_under_its_fence()
    {
        var before = Take(null, "one", A.Noon)!;

        Assert.Equal(before with { Until = A.Noon.AddHours(1) + Duration }, Take(before, "one", A.Noon.AddHours(1)));
    }

    [Fact]
    public void Lease_is_remembered_for_longer_than_clocks_disagree() =>
        Assert.Equal(A.Noon + Duration + TimeSpan.FromDays(1), Take(null, "one", A.Noon)!.ExpireAt);

    [Fact]
    public void Works_are_written_by_the_names_they_are_stored_under() =>
        Assert.Equal(["REVIEW", "SWEEP"], Enum.GetValues<BackgroundWork>().Select(EnumNames<BackgroundWork>.Of));

    [Fact]
    public void Without_a_setting_another_node_waits_for_half_a_minute() => Assert.Equal(Duration, new RetentionOptions().LeaseFor);

    private static Lease? Take(Lease? found, string holder, DateTimeOffset now) => Lease.Take(found, BackgroundWork.Review, holder, Duration, now);
}
