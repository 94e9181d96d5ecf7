using CsCheck;
using Tracker.Core.Ingestion;
using Tracker.Server.Ingestion;
using Tracker.Server.Model.Content;
using Tracker.Server.Tests.Fuzzing;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Ingestion;

public sealed class InteractionMappingFuzzTests : IAsyncLifetime
{
    // The interactions of the request, of a length that follows.
    private const byte FirstField = 0x0a;

    private TestTracker _tracker = null!;
    private int _sound;
    private int _invalid;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync(Sample.Noon);

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public void An_interaction_of_random_bytes_that_parse_is_mapped_and_judged()
    {
        Gen.Byte.Array[0, 100].Select(bytes => (byte[])[FirstField, (byte)bytes.Length, .. bytes]).Sample(MapAndJudge, iter: 20_000);

        Assert.True(_invalid > 0, "Nothing that parses says anything about the mapping.");
    }

    [Fact]
    public void A_valid_message_gone_wrong_is_mapped_and_judged()
    {
        var valid = new Wire.RecordInteractionsRequest { Interactions = { Sample.Purchase(), Sample.Purchase() } };

        Mutated.Of(valid).Sample(MapAndJudge, iter: 20_000);

        Assert.True(_sound > 0 && _invalid > 0, "Only what reaches both ends of the rules says anything about them.");
    }

    private void MapAndJudge(byte[] bytes)
    {
        if (Mutated.TryParse<Wire.RecordInteractionsRequest>(bytes) is { Interactions.Count: > 0 } request)
        {
            Assert.All(InteractionMapping.ToCore(request.Interactions), Judge);
        }
    }

    private void Judge(InteractionDraft draft)
    {
        var (sound, violations) = _tracker.Rules.Judge(_tracker.Caller, draft, Sample.Noon);

        Interlocked.Increment(ref sound is null ? ref _invalid : ref _sound);
        Assert.NotNull(draft.Content.ToWire());
        Assert.Equal(sound is null, violations.Count > 0);
        Assert.Superset(draft.Violations.ToHashSet(), violations.ToHashSet());
        Assert.All(violations, violation => Assert.True(violation.Field.Length > 0 && violation.Description.Length > 0));
    }
}
