using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>A random change of training images. What it draws comes from the generator that it is given, and from nothing else; it has no state, so that threads can share it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RandomAffine), "random_affine")]
[JsonDerivedType(typeof(AugmentationChoice), "choice")]
[JsonDerivedType(typeof(AugmentationSequence), "sequence")]
[JsonDerivedType(typeof(AutoContrast), "auto_contrast")]
[JsonDerivedType(typeof(ColorJitter), "color_jitter")]
[JsonDerivedType(typeof(Equalize), "equalize")]
[JsonDerivedType(typeof(GaussianBlur), "gaussian_blur")]
[JsonDerivedType(typeof(Grayscale), "grayscale")]
[JsonDerivedType(typeof(HorizontalFlip), "horizontal_flip")]
[JsonDerivedType(typeof(Invert), "invert")]
[JsonDerivedType(typeof(Posterize), "posterize")]
[JsonDerivedType(typeof(RandAugment), "rand_augment")]
[JsonDerivedType(typeof(RandomCrop), "random_crop")]
[JsonDerivedType(typeof(RandomErasing), "random_erasing")]
[JsonDerivedType(typeof(RandomResizedCrop), "random_resized_crop")]
[JsonDerivedType(typeof(RandomRotation), "random_rotation")]
[JsonDerivedType(typeof(Sharpness), "sharpness")]
[JsonDerivedType(typeof(Solarize), "solarize")]
[JsonDerivedType(typeof(TrivialAugment), "trivial_augment")]
[JsonDerivedType(typeof(VerticalFlip), "vertical_flip")]
public abstract record ImageAugmentation
{
    // Only the ones above: what is saved must be read again.
    private protected ImageAugmentation(double probability = 1) => Probability = probability;

    /// <summary>How often the change is made, from 0 to 1; the other images stay as they are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to something else.</exception>
    public double Probability { get; init => field = AugmentationSetting.Within(value, 0, 1); }

    /// <summary>Changes an image, or does not, by chance.</summary>
    /// <param name="image">Grey or RGB; it is not written to.</param>
    /// <param name="random">Where every draw comes from: the same state gives the same result.</param>
    /// <returns>An image with as many channels; the same one where it stays as it is.</returns>
    public PixelImage Apply(PixelImage image, Random random) =>
        Probability < 1 && random.NextDouble() >= Probability ? image : Change(image, random);

    /// <summary>Changes an image.</summary>
    private protected abstract PixelImage Change(PixelImage image, Random random);
}
