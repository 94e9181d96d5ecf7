using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>An interaction that keeps the contract: every field is checked, the identifiers are hashes only.</summary>
public sealed record Interaction
{
    public required TenantId Tenant { get; init; }

    public required SourceId Source { get; init; }

    public required string MessageId { get; init; }

    public required InteractionKey Key { get; init; }

    public required InteractionType Type { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>Corrected for the sender's clock, never after <see cref="ReceivedAt"/>.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required Initiator Initiator { get; init; }

    public required IReadOnlyList<IdentifierHash> Identifiers { get; init; }

    /// <summary>Places of those that were sent and are known by nothing, because the policy blocks their values.</summary>
    public IReadOnlyList<int> BlockedIdentifiers { get; init; } = [];

    /// <summary>The sale of nobody that it is, and whose place it is to take; null: it is new.</summary>
    public AnonymousSale? Replaces { get; init; }

    public required IReadOnlyList<Purpose> Purposes { get; init; }

    /// <summary>The caller asked for exactly these purposes; otherwise they are defaults, and those that need a person are left out without one.</summary>
    public required bool ArePurposesExplicit { get; init; }

    /// <summary>By which medium the tenant contacted the person; Unspecified: neither stated nor said by its type.</summary>
    public ContactChannel ContactChannel { get; init; }

    /// <summary>The country that the person says to live in, ISO 3166-1 alpha-2; null: none is said. Where an order goes to says nothing of it (E13).</summary>
    public string? StatedResidence => Type.IsOfAPurchase ? null : Content.Contact?.PostalAddress?.Region?.ToUpperInvariant();

    /// <summary>To whom it was passed on (THIRD_PARTY_SHARING); empty: to nobody.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>The one basis that the caller wants it to rest on; null: any.</summary>
    public LegalBasis? Basis { get; init; }

    /// <summary>What is stated of the commercial message that was sent; null: nothing.</summary>
    public MessageTerms? Message { get; init; }

    /// <summary>The source is directed at children (E15).</summary>
    public bool IsChildDirected { get; init; }

    public required InteractionContent Content { get; init; }

    public required FieldSet Fields { get; init; }

    /// <summary>The addresses in its content, as far as they can be compared; null: there are none in it.</summary>
    public IReadOnlyList<IdentifierHash>? StatedAddresses { get; init; }

    /// <summary>One of its identifiers says who the person is, and not only what machine it was.</summary>
    public bool NamesAPerson { get; init; }

    /// <summary>Numbers of receipts among its identifiers: they name a purchase, and no person.</summary>
    public IEnumerable<IdentifierHash> Receipts => Identifiers.Where(identifier => identifier.Kind == IdentifierKind.Receipt);

    /// <summary>The order, contract and quote it names, in this order.</summary>
    public IReadOnlyList<NamedContract> Contracts { get; init; } = [];

    /// <summary>Or nothing, as most do.</summary>
    public bool NamesOnlyItsOrder => Contracts.Count == (OrderReference is null ? 0 : 1);

    public UInt128? OrderReference => Contracts is [{ Kind: NamedContract.Order, Reference: var order }, ..] ? order : null;

    /// <summary>Nothing in it recognises a terminal or a person .</summary>
    public bool IsMinimised => Identifiers.Count == 0 && IpMask.IsMasked(Content.Online?.IpAddress);

    /// <summary>The person did it: so it is said, and it is of a type that a person can do, or a mail "of the person" would need no terms.</summary>
    public bool IsOwnAct => Initiator == Initiator.Subject && Type.Initiator == Initiator.Subject;

    /// <summary>What only a person can do counts only if the person did it: a business card typed in as a request makes no prospect .</summary>
    public FactKind? Fact => Type.Fact is { } fact && fact.IsOwnAct() && !IsOwnAct ? null : Type.Fact;

    /// <summary>The facts that it proves by having happened. A card that comes with a claim was not shown at the till .</summary>
    public Facts Establishes => Stages.EstablishByAct(
        Fact,
        OccurredAt,
        NamesAPerson,
        IsOwnAct && Replaces is null && Identifiers.Any(identifier => identifier.Kind == IdentifierKind.LoyaltyCard));

    public bool MakesContract => Fact?.MakesContract() == true;

    public bool MovesLastInteraction => ActDay is not null;

    /// <summary>UTC day of an act of the person that counts for retention (compliance 3.3); null: it is none.</summary>
    public DateTimeOffset? ActDay => Type.MovesLastInteraction && IsOwnAct ? OccurredAt.UtcDateTime.Date : null;

    /// <param name="left">Identifiers that were linked to nobody.</param>
    /// <returns>The places, as they were sent, of those and of the ones that are blocked.</returns>
    public IReadOnlyList<int> PlacesWithout(IReadOnlyList<IdentifierHash> left)
    {
        if (left.Count == 0)
        {
            return BlockedIdentifiers;
        }

        var places = Enumerable.Range(0, Identifiers.Count + BlockedIdentifiers.Count).Except(BlockedIdentifiers);
        return [.. BlockedIdentifiers.Concat(places.Zip(Identifiers).Where(pair => left.Contains(pair.Second)).Select(pair => pair.First)).Order()];
    }
}
