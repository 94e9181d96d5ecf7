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
    private SubjectAge? Age =>
        Interaction.Content.Contact is { } contact
        && Policy.Children.Stating(Profile?.Age, contact.BirthDate, contact.PostalAddress?.Region?.ToUpperInvariant(), Interaction.OccurredAt) is { } stated
        && Ages.IsMinor(Policy, stated, Interaction.OccurredAt)
            ? stated
            : Profile?.Age;

    private DateTimeOffset? LastInteractionAt =>
        Interaction.ActDay is not null && !(Profile?.LastInteractionAt > Interaction.OccurredAt) ? Interaction.OccurredAt : Profile?.LastInteractionAt;
}
