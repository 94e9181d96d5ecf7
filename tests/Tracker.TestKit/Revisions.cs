using Tracker.Core.Model;
using Tracker.Core.Retention;

namespace Tracker.TestKit;

/// <summary>What a review changes, showing only what matters to the test.</summary>
public static class Revisions
{
    public static ProfileRevision Of(ProfileId profile, long epoch = 0) => new() { Tenant = A.Tenant, Profile = profile, ExpectedEpoch = epoch };

    public static RecordAddress AddressOf(InteractionRecord record) => new(record.OccurredAt, record.Key, record.Class);

    public static RecordAddress Address(int interaction, RetentionClass ofClass = RetentionClass.Marketing, DateTimeOffset? at = null) =>
        new(at ?? A.Noon, A.Key(interaction, at), ofClass);
}
