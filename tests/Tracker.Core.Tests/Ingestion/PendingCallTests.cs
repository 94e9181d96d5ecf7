using Tracker.Core.Ingestion;

namespace Tracker.Core.Tests.Ingestion;

public sealed class PendingCallTests
{
    [Fact]
    public void A_call_without_interactions_is_none_for_nothing_would_answer_it() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PendingCall([], 1));

    [Fact]
    public void A_call_of_which_one_part_failed_has_failed_in_whatever_order_its_parts_end()
    {
        const int Rounds = 200_000;
        PendingCall[] calls = [.. Enumerable.Range(0, Rounds).Select(_ => new PendingCall([new PendingInteraction(null!), new PendingInteraction(null!)], 1))];
        var arrived = new int[Rounds];

        // A thread each: they wait for one another, and the thread pool may have one to give.
        Thread[] parts = [new(() => SettleAll(fault: null)), new(() => SettleAll(new InvalidOperationException()))];
        Array.ForEach(parts, part => part.Start());
        Array.ForEach(parts, part => part.Join());

        Assert.All(calls, call => Assert.True(call.Answered.IsFaulted));

        void SettleAll(Exception? fault)
        {
            for (var round = 0; round < Rounds; round++)
            {
                // Both at the same instant, as far as two threads can.
                Interlocked.Increment(ref arrived[round]);
                for (var wait = new SpinWait(); Volatile.Read(ref arrived[round]) < 2;)
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }

                if (calls[round].Settle(1, fault))
                {
                    calls[round].Answer();
                }
            }
        }
    }
}
