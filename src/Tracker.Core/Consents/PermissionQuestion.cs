using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

/// <summary>What a caller asks of one person, or of each of an audience.</summary>
public sealed record PermissionQuestion
{
    public required Purpose Purpose { get; init; }

    /// <summary>The medium in question; Unspecified: any.</summary>
    public ContactChannel ContactChannel { get; init; }

    /// <summary>The recipient in question; empty: the controller itself.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>None: any.</summary>
    public LegalBasis Basis { get; init; }

    /// <summary>What is stated of the message to be sent; null: nothing.</summary>
    public MessageTerms? Message { get; init; }
}
