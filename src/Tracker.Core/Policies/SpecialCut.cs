using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>
/// What of stored content may still be held and seen now that the catalogue knows more of its products (E35), or the policy marks
/// more of its fields: as the gate would decide it, but for what tells of an offence. That alone goes, whatever the purpose; what was sold beside it stays sold.
/// </summary>
public sealed class SpecialCut(Policy policy, GrantEnds ends, SpecialProducts products, DateTimeOffset now)
{
    /// <returns>The grants that stand and what they may hold; null: nothing changes.</returns>
    public (IReadOnlyList<Grant> Grants, InteractionContent Content)? Of(IReadOnlyList<Grant> grants, InteractionContent content)
    {
        var lawful = new SpecialContent(content, content.Fields(), policy, products).SeenBy(SpecialCategorySet.OfArticle9, IsDuty(grants)).Content;
        var left = ReferenceEquals(lawful, content) ? grants : Left(grants, content.Fields(), lawful.Fields());
        var (standing, held) = WithoutSpecial(left, lawful);
        return ReferenceEquals(held, content) && standing.SequenceEqual(grants) ? null : (standing, held);
    }

    private (IReadOnlyList<Grant> Grants, InteractionContent Content) WithoutSpecial(IReadOnlyList<Grant> grants, InteractionContent content)
    {
        var fields = content.Fields();
        var special = new SpecialContent(content, fields, policy, products);
        if (special.Reveals.IsEmpty)
        {
            return (grants, content);
        }

        List<Grant> left = [.. grants.Where(grant => IsLeft(grant, fields, special.SeenBy(ends.MaySee(grant, now), IsDuty([grant])).Fields))];
        var visible = left.Aggregate(SpecialCategorySet.OfArticle9, (all, grant) => all & ends.MaySee(grant, now));
        return ([.. left.Select(grant => Proven(grant, special.Reveals & visible))], special.SeenBy(visible, IsDuty(left)).Content);
    }

    /// <summary>A record holds what all of its purposes may see: one that is under no duty has no sum of a line that it may not see.</summary>
    private static bool IsDuty(IReadOnlyList<Grant> grants) => grants.All(grant => grant.Basis == LegalBasis.LegalObligation);

    /// <summary>An explicit consent alone is the proof: what it carries goes when it ends.</summary>
    private Grant Proven(Grant grant, SpecialCategorySet held)
    {
        var proof = ends.ProofFor(held, grant, now);
        return proof.Count == grant.EvidenceIds.Count ? grant : grant with { EvidenceIds = proof };
    }

    private List<Grant> Left(IReadOnlyList<Grant> grants, FieldSet before, FieldSet after) => [.. grants.Where(grant => IsLeft(grant, before, after))];

    private bool IsLeft(Grant grant, FieldSet before, FieldSet after)
    {
        var wanted = before & policy.FieldsNeeded(grant.Purpose);
        return wanted.IsEmpty || !(wanted & after).IsEmpty;
    }
}
