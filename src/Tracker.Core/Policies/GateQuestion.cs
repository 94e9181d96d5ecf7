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

    /// <summary>What the person is named by; empty: by the profile itself. Of addresses those that are to be used, or were.</summary>
    public IReadOnlyList<IdentifierHash> Identifiers { get; init; } = [];

    /// <summary>The addresses in its content, as far as they can be compared; null: there are none in it.</summary>
    public IReadOnlyList<IdentifierHash>? StatedAddresses { get; init; }

    /// <summary>The stored facts, and those this interaction establishes itself (the first order makes a customer).</summary>
    public required Facts Facts { get; init; }

    public PermissionHistory History { get; init; } = PermissionHistory.None;

    /// <summary>The last act of the person that counts, this interaction included; null: none is known.</summary>
    public DateTimeOffset? LastInteractionAt { get; init; }

    /// <summary>Past instants at which the inactivity cap fired; none where this is an act of the person, which ends the silence.</summary>
    public IReadOnlyList<DateTimeOffset> Lapses { get; init; } = [];

    /// <summary>
    /// The last act not after the contact; null: none is known. When a person came back after a silence is not remembered, so
    /// all that was between the silence and the last act counts as silence.
    /// </summary>
    public DateTimeOffset? LastInteractionThen =>
        !(LastInteractionAt > OccurredAt) ? LastInteractionAt
        : Lapses.Any(lapse => lapse <= OccurredAt) ? DateTimeOffset.MinValue
        : OccurredAt;

    /// <summary>Null: not known.</summary>
    public SubjectAge? Age { get; init; }

    /// <summary>The source is directed at children: who may be one, is one (E15).</summary>
    public bool IsChildDirected { get; init; }

    /// <summary>What proves a contract; null: none is named.</summary>
    public ContractReference? Contract { get; init; }

    /// <summary>What is stated of the message to be sent; null: nothing.</summary>
    public MessageTerms? Message { get; init; }

    /// <summary>False for an act of the person: nothing is sent, so nothing can be stated of a message.</summary>
    public bool IsMessage { get; init; } = true;

    /// <summary>Exactly this basis is asked for; null: any that the matrix admits.</summary>
    public LegalBasis? Basis { get; init; }

    /// <summary>No identifier of any kind, and no address of a terminal or one that is masked .</summary>
    public bool IsMinimised { get; init; }

    /// <summary>All that it says is derived: a score, a segment .</summary>
    public bool IsDerivedOnly { get; init; }

    /// <summary>What parts of it reveal of what GDPR Art. 9 names; empty: nothing.</summary>
    public SpecialCategorySet Special { get; init; }

    /// <summary>All that the purpose would be given of it does.</summary>
    public bool IsSpecialOnly { get; init; }

    /// <summary>Content about criminal offences (GDPR Art. 10).</summary>
    public bool IsCriminal { get; init; }

    /// <summary>All of the profile is restricted (GDPR Art. 18).</summary>
    public bool IsRestricted { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>"May I, now?" of a person, without an interaction. To see is asked, not to send.</summary>
    /// <param name="control">Null: somebody unknown, who is a visitor.</param>
    public static GateQuestion About(Control? control, PermissionHistory history, SubjectAge? age, DateTimeOffset now) => new()
    {
        HasPerson = true,
        Facts = control?.Facts ?? Facts.None,
        History = history,
        LastInteractionAt = control?.LastInteractionAt,
        Age = age,
        Contract = control is null ? null : new($"profile:{control.Profile}", IsOfAnother: false),
        IsMessage = false,
        IsRestricted = control?.IsRestricted == true,
        OccurredAt = now,
        Now = now,
    };
}
