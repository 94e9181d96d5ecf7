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
    public async Task<Validity?> FindAsync(Holding held, Grant grant, Facts facts, Policy policy, CancellationToken cancellation)
    {
        if (grant.Basis == LegalBasis.PreContract)
        {
            return OfQuote(held, facts, policy);
        }

        if (grant is not { Basis: LegalBasis.Contract, EvidenceIds: [var evidence, ..] })
        {
            return null;
        }

        if (EnumNames<ContractKind>.TryParse(evidence, out var contract))
        {
            // Of an earlier run nothing is known any more.
            return OfPerson(contract, facts) is { } runs && runs.From <= held.Since ? runs : null;
        }

        if (evidence.Split(':') is not [var kind, var number])
        {
            return null;
        }

        return kind switch
        {
            "interaction" => held.Record is { } own ? new(own.OccurredAt, EndOf(own, facts, policy)) : null,
            _ => UInt128.TryParse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var reference)
                ? OfNumber(kind, [.. OneOf(held.Record), .. await ListAsync(held, reference, policy, cancellation)], facts, policy)
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
            (await ListAsync(Holding.Of(record), number, policy, cancellation)).ForEach(ends.Note);
        }

        return ends.Of(record);
    }

    private static Validity? OfQuote(Holding held, Facts facts, Policy policy)
    {
        var isQuote = held.Record is { } record && policy.Types.TryGetValue(record.Type, out var type) && type.Fact == FactKind.QuoteRequested;
        var from = isQuote ? held.Since : facts.QuoteRequestedAt;
        return from <= held.Since ? new(from, policy.Add(from.Value, policy.QuoteValidity)) : null;
    }

    private static IEnumerable<InteractionRecord> OneOf(InteractionRecord? record) => record is null ? [] : [record];

    /// <summary>A delivery ends its order, and not the contract that it names beside it.</summary>
    private static Validity? OfNumber(string kind, List<InteractionRecord> naming, Facts facts, Policy policy) => naming.Count == 0 ? null : new(
        naming.Min(record => record.OccurredAt),
        naming.Where(record => kind == "order" || !EndsOrder(record, policy)).Min(record => EndOf(record, facts, policy)));

    private static bool EndsOrder(InteractionRecord record, Policy policy) =>
        RecordAnchors.EndsContract(record, policy) && policy.Types[record.Type].Fact != FactKind.ContractEnded;

    private static DateTimeOffset? EndOf(InteractionRecord record, Facts facts, Policy policy) =>
        RecordAnchors.Of(record, policy, facts, CalendarArithmetic.LocalDate(record.OccurredAt, policy.Zone), null).ContractEnd;

    /// <returns>All of the same person that name the number.</returns>
    private async Task<List<InteractionRecord>> ListAsync(Holding held, UInt128 reference, Policy policy, CancellationToken cancellation)
    {
        List<InteractionRecord> naming = [];
        foreach (var member in policy.Purposes.Values.Select(purpose => purpose.Class).Distinct())
        {
            naming.AddRange(await ListAsync(held, member, reference, cancellation));
        }

        return naming;
    }

    /// <returns>Those of that class.</returns>
    private async Task<List<InteractionRecord>> ListAsync(Holding held, RetentionClass member, UInt128 reference, CancellationToken cancellation)
    {
        List<InteractionRecord> naming = [];
        var query = new RecordQuery(held.Tenant, held.Profile, member, null, null, null, ChunkSize);
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
