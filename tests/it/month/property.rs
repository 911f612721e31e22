//! Whatever is done later, a sealed month stays as it was sealed.
