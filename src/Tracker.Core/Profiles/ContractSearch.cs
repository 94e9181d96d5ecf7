using System.Globalization;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Profiles;

/// <summary>When a contract ran, as far as the facts of the person and the records that name its number tell, of whatever class.</summary>
internal sealed class ContractSearch(IProfileReader reader, IContractStore contracts)
{
    private const int ChunkSize = 200;

    /// <returns>Null: the grant rests on no contract, or nothing is known of it.</returns>
    public async Task<Validity?> FindAsync(InteractionRecord record, Grant grant, Facts facts, Policy policy, CancellationToken cancellation)
    {
        if (grant.Basis == LegalBasis.PreContract)
        {
            return OfQuote(record, facts, policy);
        }

        if (grant is not { Basis: LegalBasis.Contract, EvidenceIds: [var evidence, ..] })
        {
            return null;
        }

        if (EnumNames<ContractKind>.TryParse(evidence, out var contract))
        {
            // Of an earlier run nothing is known any more.
            return OfPerson(contract, facts) is { } runs && runs.From <= record.OccurredAt ? runs : null;
        }

        if (evidence.Split(':') is not [var kind, var number])
        {
            return null;
        }

        return kind switch
        {
            "interaction" => new(record.OccurredAt, EndOf(record, facts, policy)),
            _ => UInt128.TryParse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var reference)
                ? OfNumber(kind, [record, .. await ListAsync(record, reference, policy, cancellation)], facts, policy)
                : null,
        };
    }

    /// <summary>Which of several sales it was, nothing tells.</summary>
    private static Validity? OfPerson(ContractKind contract, Facts facts) => contract switch
    {
        ContractKind.Continuing => Stages.ContractOf(facts).Runs,
        ContractKind.Account => Stages.AccountOf(facts).Runs,
        ContractKind.Loyalty => Stages.MembershipOf(facts).Runs,
        _ => null,
    };

    /// <returns>When the order or the contract that a record names was over, whatever class that is kept in; null: not known.</returns>
    public async Task<DateTimeOffset?> FindEndAsync(InteractionRecord record, Policy policy, CancellationToken cancellation)
    {
        var ends = new ContractEnds(policy);
        if (record.Profile.IsNone || record.References.Count == 0)
        {
            return null;
        }

        ends.Note(await contracts.FindAsync(record.Tenant, record.References, cancellation), record.Profile);
        foreach (var number in record.References)
        {
            (await ListAsync(record, number, policy, cancellation)).ForEach(ends.Note);
        }

        return ends.Of(record);
    }

    private static Validity? OfQuote(InteractionRecord record, Facts facts, Policy policy)
    {
        var isQuote = policy.Types.TryGetValue(record.Type, out var type) && type.Fact == FactKind.QuoteRequested;
        var from = isQuote ? record.OccurredAt : facts.QuoteRequestedAt;
        return from <= record.OccurredAt ? new(from, policy.Add(from.Value, policy.QuoteValidity)) : null;
    }

    /// <summary>A delivery ends its order, and not the contract that it names beside it.</summary>
    private static Validity OfNumber(string kind, List<InteractionRecord> naming, Facts facts, Policy policy) => new(
        naming.Min(record => record.OccurredAt),
        naming.Where(record => kind == "order" || !EndsOrder(record, policy)).Min(record => EndOf(record, facts, policy)));

    private static bool EndsOrder(InteractionRecord record, Policy policy) =>
        RecordAnchors.EndsContract(record, policy) && policy.Types[record.Type].Fact != FactKind.ContractEnded;

    private static DateTimeOffset? EndOf(InteractionRecord record, Facts facts, Policy policy) =>
        RecordAnchors.Of(record, policy, facts, CalendarArithmetic.LocalDate(record.OccurredAt, policy.Zone), null).ContractEnd;

    /// <returns>All of the same person that name the number.</returns>
    private async Task<List<InteractionRecord>> ListAsync(InteractionRecord record, UInt128 reference, Policy policy, CancellationToken cancellation)
    {
        List<InteractionRecord> naming = [];
        foreach (var member in policy.Purposes.Values.Select(purpose => purpose.Class).Distinct())
        {
            naming.AddRange(await ListAsync(record, member, reference, cancellation));
        }

        return naming;
    }

    /// <returns>Those of that class.</returns>
    private async Task<List<InteractionRecord>> ListAsync(InteractionRecord record, RetentionClass member, UInt128 reference, CancellationToken cancellation)
    {
        List<InteractionRecord> naming = [];
        var query = new RecordQuery(record.Tenant, record.Profile, member, null, null, null, ChunkSize);
        while (true)
        {
            var chunk = await reader.ListAsync(query, cancellation);
            naming.AddRange(chunk.Where(other => other.References.Contains(reference)));
            if (chunk.Count < ChunkSize)
            {
                return naming;
            }

            query = query with { After = new(chunk[^1].OccurredAt, chunk[^1].Key) };
        }
    }
}
