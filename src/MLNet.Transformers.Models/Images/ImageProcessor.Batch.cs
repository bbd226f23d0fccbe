using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

public sealed partial record ImageProcessor
{
    /// <summary>Decodes and prepares images, several at once; the result does not depend on how many, and no more of them are decoded at a time than there are processors.</summary>
    /// <param name="images">At least one; each is asked for its pixels once.</param>
    /// <param name="device">Where the batch goes; null for the CPU.</param>
    /// <exception cref="ArgumentException">There is no image, or they come out in different sizes.</exception>
    /// <exception cref="InvalidOperationException">An option has a value that cannot be used.</exception>
    public ImageBatch Batch(IReadOnlyList<Func<PixelImage>> images, Device? device = null)
    {
        if (images.Count == 0)
            throw new ArgumentException("A batch needs at least one image.", nameof(images));
        var preparation = new PixelPreparation(this);
        // Where the sizes depend on the images, the first one says what the others must come out as.
        var first = HasFixedSize ? null : images[0]();
        var (width, height) = first is null ? (Width, Height) : SizeOf(first.Width, first.Height);
        var pixels = empty([images.Count, Channels, height, width], ScalarType.Float32);
        try
        {
            ForEach(images.Count, index =>
            {
                var image = index == 0 && first is not null ? first : images[index]();
                var framing = Frame(image.Width, image.Height);
                if ((framing.Across.Length, framing.Down.Length) != (width, height))
                    throw new ArgumentException($"Image {index} comes out as {framing.Across.Length} x {framing.Down.Length} pixels, the first one as {width} x {height}.", nameof(images));
                var size = Channels * height * width;
                preparation.Prepare(image, framing, MemoryMarshal.Cast<byte, float>(pixels.bytes).Slice(index * size, size));
            });
            return new ImageBatch(device is null || device.type == DeviceType.CPU ? pixels : Move(pixels, device));
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    /// <summary>Calls for each index in parallel; of several exceptions the one of the lowest index comes out, as itself.</summary>
    private static void ForEach(int count, Action<int> action)
    {
        if (count == 1)
        {
            action(0);
            return;
        }
        var failures = new Exception?[count];
        Parallel.For(0, count, (index, state) =>
        {
            try
            {
                action(index);
            }
#pragma warning disable CA1031 // It is thrown again below.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures[index] = exception;
                state.Break();
            }
        });
        if (failures.FirstOrDefault(failure => failure is not null) is { } lowest)
            ExceptionDispatchInfo.Throw(lowest);
    }

    private static Tensor Move(Tensor pixels, Device device)
    {
        using (pixels)
            return pixels.to(device);
    }
}
