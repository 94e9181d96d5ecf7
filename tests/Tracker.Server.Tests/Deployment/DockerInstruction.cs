namespace Tracker.Server.Tests.Deployment;

/// <summary>One instruction of a Dockerfile, its continued lines joined.</summary>
internal sealed record DockerInstruction(string Name, string Arguments);
