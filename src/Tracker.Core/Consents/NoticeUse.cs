using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What in the ledgers refers to one version of a notice; it goes with the notice.</summary>
/// <param name="Endless">Entries without an end: those of standing consents, and what is held.</param>
/// <param name="Until">The latest of the notice's own end and those of the entries that have one.</param>
public sealed record NoticeUse(long Endless, DateTimeOffset Until)
{
    public static readonly NoticeUse None = new(0, DateTimeOffset.MinValue);

    /// <summary>When the notice ends: not at all while one entry has no end, then with the last of them.</summary>
    public DateTimeOffset End => Endless > 0 ? StoredTime.NoEnd : Until;

    public NoticeUse With(NoticeUse change) => new(Endless + change.Endless, ExpiryStamps.Later(Until, change.Until));
}
