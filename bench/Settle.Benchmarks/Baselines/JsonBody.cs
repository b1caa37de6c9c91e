using System.Text;
using System.Text.Json.Nodes;

namespace Settle.Benchmarks.Baselines;

/// <summary>JSON that goes to a database and comes back.</summary>
internal static class JsonBody
{
    public static StringContent Of(JsonNode body) =>
        new(body.ToJsonString(), Encoding.UTF8, "application/json");

    public static async Task<JsonNode> GetJsonAsync(this HttpClient database, string path)
    {
        using var response = await database.GetAsync(path).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await ReadAsync(response).ConfigureAwait(false);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var json = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        await using (json.ConfigureAwait(false))
            return (await JsonNode.ParseAsync(json).ConfigureAwait(false))!;
    }
}
