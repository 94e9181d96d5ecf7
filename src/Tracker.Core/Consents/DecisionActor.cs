namespace Tracker.Core.Consents;

/// <summary>Who decided (ISO/IEC TS 27560: entity_id of the event). Numbers are stored; never reuse one.</summary>
public enum DecisionActor : byte
{
    Unspecified = 0,
    Subject = 1,

    /// <summary>A verified holder of parental responsibility (GDPR Art. 8).</summary>
    Guardian = 2,
    Controller = 3,
    Authority = 4,
}
