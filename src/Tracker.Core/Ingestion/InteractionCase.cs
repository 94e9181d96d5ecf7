using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Ingestion;

/// <summary>One interaction with all that is known when it is decided.</summary>
public sealed record InteractionCase
{
    public required Interaction Interaction { get; init; }

    public required Policy Policy { get; init; }

    /// <summary>Null: an interaction without a person.</summary>
    public ProfileDraft? Profile { get; init; }

    /// <summary>The stored facts and those this interaction establishes.</summary>
    public required Facts Facts { get; init; }

    public ContractReference? Contract { get; init; }

    /// <summary>When the order or the contract that it names was over, if it is this person's; null: not known.</summary>
    public DateTimeOffset? ContractEndedAt { get; init; }

    /// <summary>Products that reveal something.</summary>
    public SpecialProducts SpecialProducts { get; init; } = SpecialProducts.None;

    public required DateTimeOffset Now { get; init; }

    internal GateQuestion ToQuestion(SpecialContent special) => new()
    {
        Type = Interaction.Type,
        ContactChannel = Interaction.ContactChannel,
        Recipient = Interaction.Recipient,
        HasPerson = Profile is not null,
        Identifiers = Interaction.Identifiers,
        StatedAddresses = Interaction.StatedAddresses,
        Facts = Facts,
        History = Profile?.HistoryWith(Interaction.ActDay) ?? PermissionHistory.None,
        LastInteractionAt = LastInteractionAt,
        Lapses = Interaction.ActDay is null && Profile is not null ? Profile.Lapses : [],
        Age = Age,
        IsChildDirected = Interaction.IsChildDirected,
        Contract = Contract,
        Message = Interaction.Message,
        IsMessage = !Interaction.IsOwnAct,
        Basis = Interaction.Basis,
        IsMinimised = Interaction.IsMinimised,
        IsDerivedOnly = Interaction.Fields == SpecialContent.Derived,
        Special = special.Reveals,
        IsCriminal = special.IsCriminal,
        IsRestricted = Profile?.IsRestricted == true,
        OccurredAt = Interaction.OccurredAt,
        Now = Now,
    };

    /// <summary>Who says in the interaction itself to be a minor, or where a minor lives, is one who lives there, whether or not that may be kept.</summary>
    private SubjectAge? Age => AgeStated() is { } stated && Ages.IsMinor(Policy, stated, Interaction.OccurredAt) ? stated : Profile?.Age;

    private SubjectAge? AgeStated()
    {
        if (Interaction.Content.Contact is not { } contact)
        {
            return null;
        }

        var (rules, at, country) = (Policy.Children, Interaction.OccurredAt, Interaction.StatedResidence);
        var own = rules.Stating(Profile?.OwnAge, contact.BirthDate, country, at);
        if (own is not null || Profile?.Age is not { } known)
        {
            return Profile is null ? own : Profile.AgeWith(own);
        }

        // The birth date was stated to another profile of the person, whose residence a milder one of this message does not change.
        return rules.Stating(known, birthDate: null, country, at) is { } moved && rules.AgeFor(moved, isOffline: false, at) > rules.AgeFor(known, isOffline: false, at) ? moved : known;
    }

    private DateTimeOffset? LastInteractionAt =>
        Interaction.ActDay is not null && !(Profile?.LastInteractionAt > Interaction.OccurredAt) ? Interaction.OccurredAt : Profile?.LastInteractionAt;
}
