using Tracker.DocumentDbGateway.Tests;

[assembly: AssemblyFixture(typeof(RunningGateway))]
