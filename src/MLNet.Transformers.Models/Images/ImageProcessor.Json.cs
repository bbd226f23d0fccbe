using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

public sealed partial record ImageProcessor
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Steps that published processors of other kinds take and this one does not.</summary>
    private static readonly string[] UnknownSteps =
    [
        "do_pad", "do_flip_channel_order", "do_thumbnail", "do_align_long_axis", "do_align_axis", "do_crop_margin", "do_image_splitting",
        "do_color_quantize", "rescale_offset", "size_divisor",
    ];

    /// <summary>The options as the text of a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Writes the options into a model's folder.</summary>
    /// <param name="folder">A folder, which is made where there is none.</param>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, Format));
    }

    /// <summary>Reads the options out of a model's folder.</summary>
    /// <exception cref="FileNotFoundException">The folder has no such file.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read, or a key has a value that cannot be used.</exception>
    /// <exception cref="NotSupportedException">The file asks for a step that is unknown here.</exception>
    public static ImageProcessor Open(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no '{file}', which says how images are prepared.", file);
        return FromJson(File.ReadAllText(file), file);
    }

    /// <summary>Reads the text of a file. What it leaves out is as its published class has it.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">What exceptions call the file.</param>
    /// <exception cref="InvalidDataException">The text cannot be read, or a key has a value that cannot be used.</exception>
    /// <exception cref="NotSupportedException">The text asks for a step that is unknown here.</exception>
    public static ImageProcessor FromJson(string json, string origin = FileName)
    {
        try
        {
            var said = JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject ?? throw new InvalidDataException($"'{origin}' is no JSON object.");
            foreach (var step in UnknownSteps)
                if (said[step] is not null && said[step]!.GetValueKind() != JsonValueKind.False)
                    throw new NotSupportedException($"'{origin}' asks for \"{step}\", which is unknown here.");
            var processor = ImageProcessorFamily.Complete(said, origin).Deserialize<ImageProcessor>(Format)!;
            return processor.Problem is { } problem ? throw new InvalidDataException($"'{origin}' {problem}.") : processor;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{origin}' cannot be read{At(exception.Path)}: {exception.Message}", exception);
        }
    }

    private static string At(string? path) => path is null or "$" ? "" : $" at the key \"{path["$.".Length..]}\"";
}
