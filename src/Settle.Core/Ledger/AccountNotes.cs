namespace Settle;

/// <summary>An account's owners and meta, as canonical JSON; empty for none.</summary>
internal sealed record AccountNotes(byte[] Owners, byte[] Meta)
{
    /// <summary>Whether a user is among the owners.</summary>
    public bool IsOwner(ReadOnlySpan<byte> user)
    {
        if (Owners.Length == 0) return false;
        var reader = new Utf8JsonReader(Owners);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(user))
                return true;
        }
        return false;
    }
}
