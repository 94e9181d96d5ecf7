using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies;

/// <summary>Everything the gate needs to know to answer "may this be kept, for this purpose?"</summary>
public sealed record GateQuestion
{
    /// <summary>Null where no interaction is in question (CheckPermission).</summary>
    public InteractionType? Type { get; init; }

    /// <summary>The medium in question; Unspecified: any.</summary>
    public ContactChannel ContactChannel { get; init; }

    /// <summary>The recipient in question (THIRD_PARTY_SHARING); empty: the controller itself.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>False for an interaction without any identifier.</summary>
    public required bool HasPerson { get; init; }

    /// <summary>The stored facts, and those this interaction establishes itself (the first order makes a customer).</summary>
    public required Facts Facts { get; init; }

    public PermissionHistory History { get; init; } = PermissionHistory.None;

    /// <summary>Null: not known.</summary>
    public SubjectAge? Age { get; init; }

    /// <summary>The source is directed at children: who may be one, is one (E15).</summary>
    public bool IsChildDirected { get; init; }

    /// <summary>What proves a contract; null: none is named.</summary>
    public ContractReference? Contract { get; init; }

    /// <summary>What is stated of the message to be sent; null: no message.</summary>
    public MessageTerms? Message { get; init; }

    /// <summary>Exactly this basis is asked for; null: any that the matrix admits.</summary>
    public LegalBasis? Basis { get; init; }

    /// <summary>Content about criminal offences (GDPR Art. 10).</summary>
    public bool IsCriminal { get; init; }

    /// <summary>All of the profile is restricted (GDPR Art. 18).</summary>
    public bool IsRestricted { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset Now { get; init; }
}
