using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>"Was this consent valid on that day?"</summary>
/// <param name="Purpose">What the answer is read for.</param>
/// <param name="At">Null: now.</param>
public sealed record StandingQuery(
    ProfileReference? Profile,
    Purpose Purpose,
    Purpose ConsentedPurpose,
    ContactChannel ContactChannel,
    string Recipient,
    DateTimeOffset? At);
