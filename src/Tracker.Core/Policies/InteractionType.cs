using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>One type of the catalogue.</summary>
public sealed record InteractionType
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Purposes it may be kept for at all; a page view is no order, whatever a caller says.</summary>
    public required IReadOnlySet<Purpose> AdmissiblePurposes { get; init; }

    /// <summary>Purposes assumed when neither the item nor its source states any.</summary>
    public required IReadOnlyList<Purpose> DefaultPurposes { get; init; }

    public required bool IsIdentifierRequired { get; init; }

    public required Initiator Initiator { get; init; }

    /// <summary>An act of the person that moves the last-interaction clock (compliance 3.3).</summary>
    public required bool MovesLastInteraction { get; init; }

    /// <summary>By which medium it is, where the interaction states none; Unspecified: the type says nothing of it.</summary>
    public ContactChannel ContactChannel { get; init; }

    /// <summary>The media that an interaction may state: a mail is by mail whatever is stated beside it, a call by a person or by a machine. Empty: any.</summary>
    public IReadOnlyList<ContactChannel> Media => ContactChannel switch
    {
        ContactChannel.Unspecified => [],
        ContactChannel.PhoneOperator or ContactChannel.AutoCall => [ContactChannel.PhoneOperator, ContactChannel.AutoCall],
        _ => [ContactChannel],
    };

    /// <summary>Whether an address in it is where goods go to or a bill does, which need not be where the person lives.</summary>
    public bool IsOfAPurchase => Fact is FactKind.Purchase or FactKind.PurchaseEnded;

    public FactKind? Fact { get; init; }

    /// <summary>The contract it belongs to is over with it, so CONTRACT_END is known (a sale at a till, a delivery).</summary>
    public required bool EndsContract { get; init; }

    /// <summary>What it names by its number is over with it; leaving the loyalty programme ends no order that it names.</summary>
    public bool EndsWhatItNames => EndsContract && Fact != FactKind.LoyaltyLeft;

    /// <summary>A sale that is over ends no membership, and leaving the loyalty programme ends nothing else.</summary>
    public bool EndsContractOf(Purpose purpose) => EndsContract && (Fact == FactKind.LoyaltyLeft) == (purpose == Purpose.LoyaltyProgramme);
}
