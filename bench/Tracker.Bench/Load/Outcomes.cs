using Google.Protobuf;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Load;

/// <summary>What was answered, counted from the bytes of the answers: a client that built every message would be measured itself.</summary>
internal sealed class Outcomes
{
    private readonly long[] _counts = new long[16];
    private long _refused;

    public long Accepted => this[Wire.Outcome.Accepted] + this[Wire.Outcome.AcceptedStripped];

    public long Refused => Interlocked.Read(ref _refused);

    public long this[Wire.Outcome outcome] => Interlocked.Read(ref _counts[(int)outcome]);

    public void Refuse(int interactions) => Interlocked.Add(ref _refused, interactions);

    /// <param name="field">Of the results in the message.</param>
    public void Count(ReadOnlyMemory<byte> answer, int field)
    {
        using var input = new CodedInputStream(answer.ToArray());
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field)
            {
                Interlocked.Increment(ref _counts[OutcomeOf(input.ReadBytes())]);
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    public override string ToString() => string.Join(", ", Enum.GetValues<Wire.Outcome>().Where(outcome => this[outcome] > 0).Select(outcome => $"{outcome} {this[outcome]}").Append($"refused {Refused}"));

    private static int OutcomeOf(ByteString result)
    {
        using var input = new CodedInputStream(result.ToByteArray());
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == Wire.InteractionResult.OutcomeFieldNumber)
            {
                return input.ReadEnum();
            }

            input.SkipLastField();
        }

        return 0;
    }
}
