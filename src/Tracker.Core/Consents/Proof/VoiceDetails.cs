namespace Tracker.Core.Consents.Proof;

/// <summary>A recorded call. Nothing of it is a voiceprint (GDPR Art. 9(1)).</summary>
public sealed record VoiceDetails
{
    public string RecordingReference { get; init; } = "";

    public string RecordingSha256 { get; init; } = "";

    public string CallId { get; init; } = "";

    public string ScriptVersion { get; init; } = "";

    /// <summary>Where in the recording the notice is read.</summary>
    public TimeSpan? NoticeOffset { get; init; }

    /// <summary>Where in the recording the person says yes.</summary>
    public TimeSpan? YesOffset { get; init; }

    public string AgentId { get; init; } = "";

    public bool IsToldOfRecording { get; init; }

    public string Language { get; init; } = "";
}
