using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Tracker.Bench;
using Tracker.Bench.Identity;
using Tracker.Bench.Load;
using Tracker.Bench.Matching;
using Tracker.Bench.Mongo;
using Tracker.Bench.Others;
using Tracker.Bench.Ratios;
using Tracker.Bench.Upkeep;

if (args is ["ingest" or "ratios" or "growth" or "mongo" or "identity" or "heavy" or "matches" or "import" or "recovery" or "expiry" or "serve", ..])
{
    return await new RootCommand("Measures Tracker against what it stands on.")
    {
        IngestCommand.Create(), RatiosCommand.Create(), GrowthCommand.Create(), MongoCommand.Create(), IdentityCommand.Create(), HeavyCommand.Create(), MatchesCommand.Create(),
        ImportCommand.Create(), RecoveryCommand.Create(), ExpiryCommand.Create(), ServeCommand.Create(),
    }.Parse(args).InvokeAsync();
}

// In this process: the generated project of the default toolchain does not find its output beside ours.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(GateBench).Assembly).Run(args, config);
return 0;
