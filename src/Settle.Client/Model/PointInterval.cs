namespace Settle;

/// <summary>How far the points of an account's history are apart.</summary>
[JsonConverter(typeof(WordJsonConverter<PointInterval>))]
public enum PointInterval
{
    /// <summary>Something that this version does not know.</summary>
    Unknown,

    /// <summary>A point for each day.</summary>
    Day,

    /// <summary>A point for the last day of each month, and for the last day of all.</summary>
    Month,
}
