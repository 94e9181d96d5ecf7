using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Tracker.Bench;
using Tracker.Bench.Identity;
using Tracker.Bench.Matching;
using Tracker.Bench.Mongo;

if (args is ["mongo" or "identity" or "heavy" or "matches", ..])
{
    return await new RootCommand("Measures Tracker against what it stands on.") { MongoCommand.Create(), IdentityCommand.Create(), HeavyCommand.Create(), MatchesCommand.Create() }.Parse(args).InvokeAsync();
}

// In this process: the generated project of the default toolchain does not find its output beside ours.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(GateBench).Assembly).Run(args, config);
return 0;
