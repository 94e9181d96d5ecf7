using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Steps 4 and 5 without the writing: asks the gate for each purpose, computes when each right ends, and sorts the
/// fields into retention classes. Pure: the same question has the same answer, on every node and at every retry.
/// </summary>
public static class InteractionDecider
{
    public static InteractionDecision Decide(InteractionCase about)
    {
        var (interaction, policy) = (about.Interaction, about.Policy);
        var special = new SpecialContent(interaction.Content, interaction.Fields, policy, about.SpecialProducts);
        var ordinary = special.SeenBy(default).Fields;
        var question = about.ToQuestion(special);
        var standing = Standing.Of(policy, question);
        var plan = new DecisionPlan(about, question, special);
        foreach (var purpose in interaction.Purposes)
        {
            var wanted = Wanted(interaction, policy, purpose);
            var isSpecialOnly = IsHidden(wanted, ordinary);
            var verdict = Gate.Decide(policy, purpose, isSpecialOnly ? question with { IsSpecialOnly = true } : question, standing);
            if (!verdict.IsPermitted)
            {
                plan.Deny(purpose, verdict.Reason);
            }
            else if (IsHidden(wanted, special.SeenBy(verdict.MaySee, verdict.Basis == LegalBasis.LegalObligation).Fields))
            {
                // Another consent stands explicitly and does not cover this contact, or the condition is for another category.
                plan.Deny(purpose, Reason.Art9Condition);
            }
            else
            {
                plan.Permit(verdict, wanted);
            }
        }

        return plan.ToDecision(standing.Now);
    }

    /// <summary>The purpose needs something of it, and all of that is withheld.</summary>
    private static bool IsHidden(FieldSet wanted, FieldSet seen) => !wanted.IsEmpty && (wanted & seen).IsEmpty;

    /// <summary>The fields that the purpose needs and may have at all (R-002; free text may hold anything).</summary>
    private static FieldSet Wanted(Interaction interaction, Policy policy, Purpose purpose)
    {
        var needed = interaction.Fields & policy.FieldsNeeded(purpose);
        return purpose == Purpose.Profiling ? needed.Except(policy.Traits.FreeText) : needed.Except(SpecialContent.Derived);
    }
}
