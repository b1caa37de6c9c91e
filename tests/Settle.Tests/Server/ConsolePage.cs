using System.Text.Json;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>The console in a browser, used as a person does: by what is written on it.</summary>
internal sealed class ConsolePage(Browser browser) : IAsyncDisposable
{
    private const string Reach = """
        window.test ??= {
          // A form that the address opens is waited for: below it are labels of the same name.
          last: () => [...document.querySelectorAll('dialog[open]')].at(-1)
            ?? (location.hash.includes('do=') ? document.createElement('p') : document.querySelector('main') ?? document.body),
          seen: (all) => [...all].filter((e) => e.checkVisibility() && !e.disabled),
          named: (text) => test.seen(test.last().querySelectorAll('a, button, summary'))
            .find((e) => e.textContent.trim() === text || e.getAttribute('aria-label') === text),
          field: (label) => {
            const found = [...test.last().querySelectorAll('label')].find((e) => e.firstChild?.textContent === label);
            return found && document.getElementById(found.htmlFor);
          },
          fill: (label, value) => {
            const input = test.field(label);
            const kind = input.tagName === 'SELECT' ? HTMLSelectElement : input.tagName === 'TEXTAREA'
              ? HTMLTextAreaElement : HTMLInputElement;
            input.focus();
            Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(input, value);
            for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
          },
          isShown: (text) => test.last().innerText.replace(/\s+/g, ' ').includes(text),
        }, true
        """;

    public Browser Browser => browser;

    public static async Task<ConsolePage> OpenAsync(RunningServer server, string path = "")
    {
        var browser = await Browser.OpenAsync(new Uri(server.Http.BaseAddress!, path.Length == 0 ? "" : $"#/{path}"));
        return new ConsolePage(browser);
    }

    /// <summary>Goes to a page by its address, as a link does.</summary>
    public Task GoAsync(string path) => browser.EvaluateAsync($"location.hash = {Quote($"#/{path}")}");

    public Task ReloadAsync() => browser.EvaluateAsync("location.reload()");

    /// <summary>Waits until the page, or the form above it, shows all of some texts.</summary>
    public async Task ShowsAsync(params string[] texts)
    {
        foreach (var text in texts) await WaitAsync($"test.isShown({Quote(text)})");
    }

    public Task ShowsNotAsync(string text) => WaitAsync($"!test.isShown({Quote(text)})");

    /// <summary>Clicks what has a text, when it is there.</summary>
    public async Task ClickAsync(string text)
    {
        await WaitAsync($"!!test.named({Quote(text)})");
        await browser.EvaluateAsync($"test.named({Quote(text)}).click()");
    }

    public async Task FillAsync(string label, string value)
    {
        await WaitAsync($"!!test.field({Quote(label)})");
        await browser.EvaluateAsync($"test.fill({Quote(label)}, {Quote(value)})");
    }

    public async Task<bool> HasAsync(string text) =>
        (await browser.EvaluateAsync($"{Reach}, !!test.named({Quote(text)})")).ValueKind == JsonValueKind.True;

    public Task WaitAsync(string expression) => browser.WaitForAsync($"{Reach}, {expression}");

    public static string Quote(string text) => JsonSerializer.Serialize(text);

    /// <summary>Scripts had no fault. What a server refuses is noted by the browser, too: that is none.</summary>
    public void HadNoFault() => Assert.DoesNotContain(browser.Errors,
        error => !error.Contains("Failed to load resource", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => browser.DisposeAsync();
}
