using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>Keeps what it names beyond every rule until it is released; never a basis to use it.</summary>
public sealed record LegalHold
{
    public required TenantId Tenant { get; init; }

    /// <summary>As records carry it in their holds, 1 to 64 characters.</summary>
    public required string Id { get; init; }

    public required HoldKind Kind { get; init; }

    /// <summary>Whose data it keeps, whatever arrives later included.</summary>
    public required IReadOnlyList<ProfileId> Profiles { get; init; }

    /// <summary>Which classes of it.</summary>
    public required RetentionClasses Classes { get; init; }

    /// <summary>Ticket or name of the office that approved it, never a personal name.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>When it must be confirmed again, at most twelve months ahead. It stands beyond that day, and <see cref="HoldWatch"/> says so.</summary>
    public required DateTimeOffset ReviewAt { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>Null while it stands: it is its own hold. After the release: P5Y.</summary>
    public required DateTimeOffset? ExpireAt { get; init; }

    /// <exception cref="InvalidOperationException">It has an end without a release, or the reverse.</exception>
    public void Check()
    {
        if (ExpireAt is null != ReleasedAt is null)
        {
            throw new InvalidOperationException("A legal hold has an end once it is released, and none before.");
        }
    }
}
