using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>Judges a claim whole, and makes of a sale of nobody that of the claimant.</summary>
public sealed class ClaimRules(IdentifierReader reader, InteractionRules interactions, PolicyRegister policies)
{
    private const string NoPerson = "must have at least one entry that names a person by the policy, and whose value is not blocked";

    /// <exception cref="RefusalException">Fields are invalid; all of them are named.</exception>
    public Claim Judge(Caller caller, ClaimDraft draft, DateTimeOffset now)
    {
        var violations = Violations.After(draft.Violations);
        var receipt = CheckReceipt(caller, draft.Receipt, violations);
        var identifiers = CheckIdentifiers(caller, draft.Identifiers, violations);
        violations.Require(draft.ClaimedAt is not null, "claimed_at", "is required");
        violations.Require(!(draft.ClaimedAt > now + SenderClock.Tolerance), "claimed_at", "must not be more than five minutes in the future");
        violations.Refuse();
        return new Claim(
            caller,
            receipt,
            [.. identifiers.OfType<IdentifierHash>()],
            [.. Enumerable.Range(0, identifiers.Count).Where(place => identifiers[place] is null)],
            draft.Total,
            draft.BusinessDate,
            draft.ClaimedAt!.Value);
    }

    /// <summary>What the till sent, as far as it is stored; only whose it is and what it is for is the claim's.</summary>
    public Interaction ToClaimants(Claim claim, FoundSale found)
    {
        var (caller, record, content, type) = (claim.Caller, found.Records[0], found.Content.Content, found.Type);
        var purposes = caller.DefaultPurposes.GetValueOrDefault(type.Name, type.DefaultPurposes);
        return new()
        {
            Tenant = record.Tenant,
            Source = record.Source,
            MessageId = found.Content.MessageId,
            Key = record.Key,
            Type = type,
            Channel = record.Channel,
            OccurredAt = record.OccurredAt,
            ReceivedAt = record.ReceivedAt,
            Initiator = record.Initiator,
            Identifiers = [.. claim.Identifiers, .. found.Sale.Receipts],
            NamesAPerson = true,
            BlockedIdentifiers = claim.BlockedIdentifiers,
            Replaces = found.Sale,
            Purposes = [.. purposes.Union(found.Sale.Held.Select(grant => grant.Purpose))],
            ArePurposesExplicit = false,
            ContactChannel = type.ContactChannel,
            IsChildDirected = caller.IsChildDirected || found.Records.Any(stored => stored.Grants.Any(grant => grant.IsChildDirected)),
            Content = content,
            Fields = content.Fields(),
            StatedAddresses = interactions.AddressesIn(caller, content.Contact),
            Contracts = interactions.ContractsIn(record.Tenant, content.Commerce),
        };
    }

    private IdentifierHash? CheckReceipt(Caller caller, Identifier? receipt, Violations violations)
    {
        if (receipt is null)
        {
            violations.Add("receipt", "is required");
            return null;
        }

        if (receipt.Kind != IdentifierKind.Receipt)
        {
            violations.Add("receipt.kind", "must be RECEIPT");
            return null;
        }

        var read = reader.Read(caller, receipt);
        violations.AddIf($"receipt.{read.FindingAt}", read.Finding);
        return read.Leading;
    }

    /// <returns>For each identifier, in order, what it is known by; null: nothing, it is blocked.</returns>
    private List<IdentifierHash?> CheckIdentifiers(Caller caller, IReadOnlyList<Identifier> identifiers, Violations violations)
    {
        violations.Require(identifiers.Count <= Identifier.MaxTogether, "identifiers", $"must have at most {Identifier.MaxTogether} entries");
        List<IdentifierHash?> hashes = [];
        for (var i = 0; i < Math.Min(identifiers.Count, Identifier.MaxTogether); i++)
        {
            if (identifiers[i].Kind is IdentifierKind.Unspecified or IdentifierKind.Receipt)
            {
                violations.Add($"identifiers[{i}].kind", "is required, and must not be RECEIPT: these are of the claimant");
                continue;
            }

            var read = reader.Read(caller, identifiers[i]);
            violations.AddIf($"identifiers[{i}].{read.FindingAt}", read.Finding);
            hashes.Add(read.Leading);
        }

        // One that is wrong is told for itself.
        violations.Require(!violations.IsEmpty || hashes.OfType<IdentifierHash>().Any(hash => policies.For(caller.Tenant).Identity.NamesAPerson(hash.Kind)), "identifiers", NoPerson);
        return hashes;
    }
}
