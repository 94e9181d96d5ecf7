using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>The stage of a person at both instants that a decision looks at; computed once, however many purposes are asked for.</summary>
public readonly record struct Standing(Stage Then, Stage Now, bool WasCustomerThen, bool WasCustomerNow)
{
    public static Standing Of(Policy policy, GateQuestion question)
    {
        var now = Stages.At(question.Facts, question.LastInteractionAt, policy, question.Now);
        var wasCustomerNow = Stages.WasCustomer(question.Facts, question.Now);
        return question.OccurredAt == question.Now
            ? new(now, now, wasCustomerNow, wasCustomerNow)
            : new(
                StageThen(policy, question),
                now,
                Stages.WasCustomer(question.Facts, question.OccurredAt),
                wasCustomerNow);
    }

    /// <summary>A former customer who asks for a quote is a prospect for the quote, and for nothing else (compliance 2.4).</summary>
    public (Stage Then, Stage Now) For(Purpose purpose) => purpose == Purpose.Precontract
        ? (Then, Now)
        : (BesideQuote(Then, WasCustomerThen), BesideQuote(Now, WasCustomerNow));

    /// <summary>Who buys is a customer at that instant, whatever is remembered of the purchases around it.</summary>
    private static Stage StageThen(Policy policy, GateQuestion question) => question.Type?.Fact == FactKind.Purchase
        ? Stage.Customer
        : Stages.At(question.Facts, question.LastInteractionThen, policy, question.OccurredAt);

    private static Stage BesideQuote(Stage stage, bool wasCustomer) => stage == Stage.Prospect && wasCustomer ? Stage.Former : stage;
}
