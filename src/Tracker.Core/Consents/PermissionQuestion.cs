using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

/// <summary>What a caller asks of one person, or of each of an audience.</summary>
public sealed record PermissionQuestion
{
    public required Purpose Purpose { get; init; }

    /// <summary>What is about to be recorded, by its name in the catalogue: the answer is that of the write. Empty: nothing in particular.</summary>
    public string Type { get; init; } = "";

    /// <summary>The medium in question; Unspecified: that of the type, otherwise any.</summary>
    public ContactChannel ContactChannel { get; init; }

    /// <summary>The recipient in question; empty: the controller itself.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>None: any.</summary>
    public LegalBasis Basis { get; init; }

    /// <summary>What is stated of the message to be sent; null: nothing.</summary>
    public MessageTerms? Message { get; init; }
}
