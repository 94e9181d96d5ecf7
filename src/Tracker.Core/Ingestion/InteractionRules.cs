using Microsoft.Extensions.Options;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Step 2: judges a draft whole, naming every violation by field, and brings what is sound into the form that is
/// decided on. Pure but for the clock reading handed in.
/// </summary>
public sealed class InteractionRules(KeyedHasher hasher, IdentifierReader reader, PolicyRegister policies, IOptions<IngestionOptions> options)
{
    public const int MaxMessageIdLength = 128;

    private const int MaxRecipientLength = 64;

    // Nearer than this the two clocks agree and the distance is the network's.
    private static readonly TimeSpan ClockAgreement = TimeSpan.FromSeconds(10);

    public (Interaction? Sound, IReadOnlyList<Violation> Violations) Judge(Caller caller, InteractionDraft draft, DateTimeOffset receivedAt)
    {
        var violations = new Violations();
        violations.AddRange(draft.Violations);
        violations.AddIf("", CheckSize(draft.SizeInBytes));
        violations.AddIf("message_id", Text.Check(draft.MessageId, MaxMessageIdLength, isRequired: true));
        violations.Require(Text.IsWhole(draft.MessageId), "message_id", Text.NoLostCharacters);
        var type = CheckType(policies.For(caller.Tenant), draft, violations);
        CheckMedium(type, draft, violations);
        var channel = draft.Channel == Channel.Unspecified ? caller.Channel : draft.Channel;
        violations.Require(channel != Channel.Unspecified, "channel", "is required, because the source has none");
        var occurredAt = CheckTimes(draft, receivedAt, violations);
        var identifiers = CheckIdentifiers(caller, type, draft, violations);
        CheckPurposes(draft, violations);
        violations.AddIf("recipient", draft.Recipient.Length == 0 ? null : Text.CheckName(draft.Recipient, MaxRecipientLength));
        ContentRules.Check(draft.Content, occurredAt ?? receivedAt, receivedAt, violations);
        return violations.IsEmpty ? (ToSound(caller, draft, type!, channel, occurredAt!.Value, receivedAt, identifiers), []) : (null, violations.Found);
    }

    /// <summary>Those that can be compared; null: there are none.</summary>
    internal List<IdentifierHash>? AddressesIn(Caller caller, ContactDetails? contact)
    {
        if (contact is null or { Email: null, Phone: null, PostalAddress: null })
        {
            return null;
        }

        List<IdentifierHash> hashes = [];
        foreach (var address in new Identifier[] { new(IdentifierKind.Email, contact.Email ?? ""), new(IdentifierKind.Phone, contact.Phone ?? "") })
        {
            if (reader.Read(caller, address).Leading is { } known)
            {
                hashes.Add(known);
            }
        }

        return hashes;
    }

    internal List<NamedContract> ContractsIn(TenantId tenant, Commerce? commerce)
    {
        List<NamedContract> named = [];
        if (commerce?.OrderId is { } order)
        {
            named.Add(new(NamedContract.Order, hasher.Order(tenant, order)));
        }

        if (commerce?.ContractId is { } contract)
        {
            named.Add(new(NamedContract.Continuing, hasher.Contract(tenant, contract)));
        }

        if (commerce?.QuoteId is { } quote)
        {
            named.Add(new("quote", hasher.Quote(tenant, quote)));
        }

        return named;
    }

    private string? CheckSize(int bytes) => bytes <= options.Value.MaxInteractionBytes
        ? null
        : $"must have at most {options.Value.MaxInteractionBytes} bytes ({IngestionOptions.Section}:{nameof(IngestionOptions.MaxInteractionBytes)}), and has {bytes}";

    private static InteractionType? CheckType(Policy policy, InteractionDraft draft, Violations violations)
    {
        if (Text.Check(draft.Type, 64, isRequired: true) is { } finding)
        {
            violations.Add("type", finding);
            return null;
        }

        return policy.FindType(draft.Type, violations);
    }

    private static void CheckMedium(InteractionType? type, InteractionDraft draft, Violations violations)
    {
        if (draft.ContactChannel != ContactChannel.Unspecified && type?.Media is { Count: > 0 } media && !media.Contains(draft.ContactChannel))
        {
            violations.Add("contact_channel", $"must be {string.Join(" or ", media.Select(EnumNames<ContactChannel>.Of))}, or absent: that is the medium of the type");
        }
    }

    private static DateTimeOffset? CheckTimes(InteractionDraft draft, DateTimeOffset receivedAt, Violations violations)
    {
        if (draft.OccurredAt is not { } occurredAt)
        {
            violations.Require(draft.Violations.Any(violation => violation.Field == "occurred_at"), "occurred_at", "is required");
            return null;
        }

        var skew = draft.SentAt is { } sentAt ? receivedAt - sentAt : TimeSpan.Zero;
        var corrected = skew.Duration() < ClockAgreement ? occurredAt.UtcTicks : occurredAt.UtcTicks + skew.Ticks;
        if (corrected > (receivedAt + SenderClock.Tolerance).UtcTicks)
        {
            violations.Add("occurred_at", "must not be more than five minutes in the future (after correction by sent_at)");
            return null;
        }

        if (corrected < DateTimeOffset.UnixEpoch.UtcTicks || occurredAt < DateTimeOffset.UnixEpoch)
        {
            violations.Add("occurred_at", "must not be before 1970 (after correction by sent_at)");
            return null;
        }

        return new DateTimeOffset(Math.Min(corrected, receivedAt.UtcTicks), TimeSpan.Zero).ToStored();
    }

    /// <returns>For each identifier, in order, what it is known by; null: nothing, it is blocked.</returns>
    private List<IdentifierHash?> CheckIdentifiers(Caller caller, InteractionType? type, InteractionDraft draft, Violations violations)
    {
        violations.Require(draft.Identifiers.Count <= Identifier.MaxTogether, "identifiers", $"must have at most {Identifier.MaxTogether} entries");
        List<IdentifierHash?> hashes = [];
        // One that is wrong is told for itself.
        var namesSomebody = false;
        for (var i = 0; i < Math.Min(draft.Identifiers.Count, Identifier.MaxTogether); i++)
        {
            var identifier = draft.Identifiers[i];
            if (identifier.Kind == IdentifierKind.Unspecified)
            {
                violations.Require(draft.Violations.Any(violation => violation.Field == $"identifiers[{i}].kind"), $"identifiers[{i}].kind", "is required");
                namesSomebody = true;
                continue;
            }

            var read = reader.Read(caller, identifier);
            if (read.Finding is { } finding)
            {
                violations.Add($"identifiers[{i}].{read.FindingAt}", finding);
            }

            hashes.Add(read.Leading);
            namesSomebody |= policies.For(caller.Tenant).Identity.LeadsToAProfile(identifier.Kind) && !read.IsBlocked;
        }

        violations.Require(
            type is not { IsIdentifierRequired: true } || namesSomebody,
            "identifiers",
            "must have at least one entry for this type, and not only a receipt number or values that the policy blocks");
        return hashes;
    }

    private static void CheckPurposes(InteractionDraft draft, Violations violations)
    {
        violations.Require(!draft.Purposes.Contains(Purpose.Unspecified) || draft.Violations.Count > 0, "purposes", "must not hold UNSPECIFIED");
        violations.Require(draft.Purposes.Count < 2 || draft.Purposes.Distinct().Count() == draft.Purposes.Count, "purposes", "must name each purpose once");
    }

    private Interaction ToSound(
        Caller caller,
        InteractionDraft draft,
        InteractionType type,
        Channel channel,
        DateTimeOffset occurredAt,
        DateTimeOffset receivedAt,
        List<IdentifierHash?> identifiers) => new()
        {
            Tenant = caller.Tenant,
            Source = caller.Source,
            MessageId = draft.MessageId,
            Key = new(InteractionKey.DayOf(draft.OccurredAt!.Value), hasher.Message(caller.Tenant, caller.Source, draft.MessageId)),
            Type = type,
            Channel = channel,
            OccurredAt = occurredAt,
            ReceivedAt = receivedAt.ToStored(),
            Initiator = draft.Initiator == Initiator.Unspecified ? type.Initiator : draft.Initiator,
            Identifiers = Known(identifiers),
            NamesAPerson = NamesAPerson(identifiers, policies.For(caller.Tenant).Identity),
            BlockedIdentifiers = identifiers.Contains(null) ? [.. Enumerable.Range(0, identifiers.Count).Where(place => identifiers[place] is null)] : [],
            Purposes = draft.Purposes.Count > 0 ? draft.Purposes : caller.DefaultPurposes.GetValueOrDefault(type.Name, type.DefaultPurposes),
            ArePurposesExplicit = draft.Purposes.Count > 0,
            ContactChannel = draft.ContactChannel == ContactChannel.Unspecified ? type.ContactChannel : draft.ContactChannel,
            Recipient = draft.Recipient,
            Basis = draft.LegalBasis == LegalBasis.None ? null : draft.LegalBasis,
            Message = draft.Message,
            IsChildDirected = caller.IsChildDirected,
            Content = draft.Content,
            Fields = draft.Content.Fields(),
            StatedAddresses = AddressesIn(caller, draft.Content.Contact),
            Contracts = ContractsIn(caller.Tenant, draft.Content.Commerce),
        };

    private static List<IdentifierHash> Known(List<IdentifierHash?> identifiers)
    {
        List<IdentifierHash> known = new(identifiers.Count);
        for (var i = 0; i < identifiers.Count; i++)
        {
            if (identifiers[i] is { } identifier)
            {
                known.Add(identifier);
            }
        }

        return known;
    }

    private static bool NamesAPerson(List<IdentifierHash?> identifiers, IdentityRules rules)
    {
        for (var i = 0; i < identifiers.Count; i++)
        {
            if (identifiers[i] is { } identifier && rules.NamesAPerson(identifier.Kind))
            {
                return true;
            }
        }

        return false;
    }
}
