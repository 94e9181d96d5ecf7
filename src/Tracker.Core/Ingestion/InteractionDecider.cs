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
        var special = SpecialContent.Of(interaction.Content, interaction.Fields, policy, about.SpecialProducts);
        var question = about.ToQuestion(special);
        var standing = Standing.Of(policy, question);
        var plan = new DecisionPlan(about, special);
        foreach (var purpose in interaction.Purposes)
        {
            var wanted = Wanted(interaction, policy, purpose);
            var ordinary = wanted & special.OrdinaryFields;
            var isSpecialOnly = special.Exists && !wanted.IsEmpty && ordinary.IsEmpty;
            var verdict = Gate.Decide(policy, purpose, isSpecialOnly ? question with { IsSpecialOnly = true } : question, standing);
            if (!verdict.IsPermitted)
            {
                plan.Deny(purpose, verdict.Reason);
            }
            else if (isSpecialOnly && !verdict.MaySeeSpecial)
            {
                // Another consent stands explicitly, and this contact is not covered by it.
                plan.Deny(purpose, Reason.Art9Condition);
            }
            else
            {
                plan.Permit(verdict, (verdict.MaySeeSpecial ? wanted : ordinary) & verdict.Fields);
            }
        }

        return plan.ToDecision(standing.Now);
    }

    /// <summary>The fields that the purpose needs and may have at all (R-002; free text may hold anything).</summary>
    private static FieldSet Wanted(Interaction interaction, Policy policy, Purpose purpose)
    {
        var needed = interaction.Fields & policy.FieldsNeeded(purpose);
        return purpose == Purpose.Profiling ? needed.Except(policy.Traits.FreeText) : needed.Except(SpecialContent.Derived);
    }
}
