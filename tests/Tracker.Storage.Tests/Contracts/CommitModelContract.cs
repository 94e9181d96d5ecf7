using System.Text.Json;
using CsCheck;
using Tracker.Core.Model;
using Tracker.Storage.Tests.Contracts.Commits;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>Random steps, each taken with the store and with a model of it in dictionaries.</summary>
public abstract class CommitModelContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly RetentionClass[] Classes = [RetentionClass.Fiscal, RetentionClass.Order];

    private static readonly Gen<RetentionClasses> SomeClasses = Gen.Int[1, 3].Select(bits => RetentionClasses.Of(Classes.Where((_, i) => (bits & (1 << i)) != 0)));

    private static readonly Gen<PlannedInteraction> Interaction =
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 3], SomeClasses, SomeClasses, Gen.Int[1, 400], (number, profile, written, more, minutes) =>
            new PlannedInteraction(number, profile, written, new RetentionClasses((ushort)(written.Bits | more.Bits)), minutes));

    private static readonly Gen<CommitStep> Commit =
        from interactions in Interaction.Array[1, 4]
        from outOfDate in Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 3]))
        from identifiers in Gen.Int[0, 4].Array[3]
        from repeats in Gen.Frequency((6, Gen.Const(false)), (1, Gen.Const(true)))
        select (CommitStep)new CommitStep.Commit(
            [.. interactions.DistinctBy(interaction => interaction.Number)],
            new HashSet<int> { outOfDate },
            identifiers.Select((identifier, i) => (Profile: i + 1, identifier)).Where(pair => pair.identifier > 0).ToDictionary(pair => pair.Profile, pair => pair.identifier),
            repeats);

    private static readonly Gen<CommitStep> Review =
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 6].Array[0, 2], Gen.Int[1, 6].Array[0, 2], Gen.Int[1, 400], Gen.Frequency((6, Gen.Const(false)), (1, Gen.Const(true))),
            (profile, deleted, rewritten, minutes, isOutOfDate) => (CommitStep)new CommitStep.Review(profile, deleted, rewritten, minutes, isOutOfDate));

    private static readonly Gen<CommitStep> Step = Gen.Frequency(
        (6, Commit),
        (2, Review),
        (1, Gen.Select(Gen.Int[1, 3], Gen.Bool, (profile, isHeld) => (CommitStep)new CommitStep.Hold(profile, isHeld))),
        (1, Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 1], (profile, request, days) => (CommitStep)new CommitStep.Consent(profile, request, days))),
        (2, Gen.Int[1, 3].Select(hours => (CommitStep)new CommitStep.Wait(hours))),
        (2, Gen.Int[1, 8].Select(limit => (CommitStep)new CommitStep.Sweep(limit))));

    protected virtual int Iterations => 40;

    [Fact]
    public async Task Store_answers_and_holds_what_the_model_does_whatever_happens() =>
        await Step.Array[1, 25].SampleAsync(
            async steps =>
            {
                await using var comparison = await CommitComparison<TStorage>.StartAsync();
                foreach (var step in steps)
                {
                    await comparison.TakeAsync(step);
                }

                await comparison.WaitForTheEndAsync();
            },
            iter: Iterations,
            print: steps => string.Join('\n', steps.Select(step => $"{step.GetType().Name} {JsonSerializer.Serialize<object>(step)}")));
}
